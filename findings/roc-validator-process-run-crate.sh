#!/usr/bin/env bash
# roc-validator 0.13.0: its profile of Process Run Crate 0.5 refuses every crate of RO-Crate 1.2 or
# 1.3: "the descriptor MUST have a conformsTo property with the RO-Crate specification version",
# although it has one and the same crate passes the profile ro-crate-1.3. The profile inherits the
# rules of RO-Crate 1.1. The context is served from here, as the validator fetches it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check roc-validator==0.13.0
cd "$folder"
bin/python -W ignore - <<'PY'
import io
import json
import logging
from pathlib import Path

import requests

logging.disable()
NAMES = ["about", "actionStatus", "agent", "author", "datePublished", "description", "hasPart",
         "instrument", "license", "mentions", "name", "object", "result", "url", "version",
         "CreateAction", "CreativeWork", "Dataset", "Person", "SoftwareApplication"]
TERMS = {name: f"http://schema.org/{name}" for name in NAMES} | {
    "File": "http://schema.org/MediaObject",
    "conformsTo": "http://purl.org/dc/terms/conformsTo",
    "Profile": "http://www.w3.org/ns/dx/prof/Profile",
}


def served(session, method, url, *_, **__):
    answer = requests.Response()
    answer.status_code, answer.url = 200, url
    answer.headers["Content-Type"] = "application/ld+json"
    answer.raw = io.BytesIO(json.dumps({"@context": TERMS}).encode())
    return answer


requests.sessions.Session.request = served
from rocrate_validator import models, services

PROFILE = "https://w3id.org/ro/wfrun/process/0.5"


def crate(release):
    specification = f"https://w3id.org/ro/crate/{release}"
    at = lambda name: {"@id": name}
    return {
        "@context": f"{specification}/context",
        "@graph": [
            {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": at("./"),
             "conformsTo": at(specification)},
            {"@id": "./", "@type": "Dataset", "name": "A run", "description": "One file from one",
             "datePublished": "2026-01-01", "conformsTo": at(PROFILE), "mentions": at("#run"),
             "license": at("https://spdx.org/licenses/CC0-1.0"), "author": at("#author"),
             "hasPart": [at("in.csv"), at("out.csv")]},
            {"@id": "https://spdx.org/licenses/CC0-1.0", "@type": "CreativeWork", "name": "CC0",
             "description": "Public domain"},
            {"@id": PROFILE, "@type": ["CreativeWork", "Profile"], "name": "Process Run Crate",
             "version": "0.5"},
            {"@id": "#author", "@type": "Person", "name": "A. Author"},
            {"@id": "in.csv", "@type": "File", "name": "input", "description": "input"},
            {"@id": "out.csv", "@type": "File", "name": "output", "description": "output"},
            {"@id": "#tool", "@type": "SoftwareApplication", "name": "tool", "version": "1",
             "url": "https://example.org/"},
            {"@id": "#run", "@type": "CreateAction", "name": "run", "instrument": at("#tool"),
             "agent": at("#author"), "object": at("in.csv"), "result": at("out.csv")},
        ],
    }


def refused(release, profile):
    place = Path(f"crate-{release}")
    place.mkdir(exist_ok=True)
    (place / "ro-crate-metadata.json").write_text(json.dumps(crate(release)))
    for name in ("in.csv", "out.csv"):
        (place / name).write_text("a\n1\n")
    settings = services.ValidationSettings(
        rocrate_uri=str(place), profile_identifier=profile,
        requirement_severity=models.Severity.REQUIRED)
    found = [issue.message for issue in services.validate(settings).get_issues()]
    print("RO-Crate", release, "profile", profile, "->", found or "passes")
    return found


assert not refused("1.1", "process-run-crate"), "the behaviour has changed"
for release in ("1.2", "1.3"):
    assert not refused(release, f"ro-crate-{release}"), "the behaviour has changed"
    (message,) = refused(release, "process-run-crate")
    assert "`conformsTo` property with the RO-Crate spec" in message, "the behaviour has changed"
PY
