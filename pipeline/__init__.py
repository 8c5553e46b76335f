"""What is built from what; runs notebooks; the only place that writes results."""

import sys

# jsonschema would build a grammar of internationalised addresses at import, for two seconds;
# nothing here has such addresses
sys.modules.setdefault("rfc3987_syntax", None)
