"""Write the analysis-ready tables of a study, after everything in its raw data was found right."""

import json

from analysis.data import read_raw
from pipeline.canonical import write_csv, write_text


def write_processed(places):
    """Validate the raw data and write `processed/`.

    Raises BadDataError, with nothing written, when anything is wrong.
    """
    frames, about = read_raw(places.raw)
    for name, frame in frames.items():
        write_csv(places.processed / f"{name}.csv", frame)
    # last: a folder without it is no study, so a part written earlier is never taken for one
    text = json.dumps(about, indent=1, ensure_ascii=False)
    write_text(places.processed / "study.json", text + "\n")
