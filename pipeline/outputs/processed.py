"""Find out whether everything in the raw data of a study is right; if so, write its tables."""

from analysis.study.validation import sound_tables
from pipeline.build.calls import call_in_process

WRITE = "pipeline.outputs.tidied:write_tidied"


def write_processed(places):
    """Validate the raw data and write `processed/`.

    The tables are written by a process that has imported pandas, where there is one: nothing else
    here needs it.

    Raises BadDataError, with nothing written, when anything is wrong; on a full disk what stood
    before stands.
    """
    call_in_process(WRITE, places, *sound_tables(places.raw))
