"""Write the analysis-ready tables of a study, after everything in its raw data was found right."""

import json

from analysis.composite.chain.of_study import why_no_integral
from analysis.study.loading import read_raw, study_of
from analysis.study.tidying import without_blank_columns
from pipeline.outputs.canonical import csv_text, write_together


def write_processed(places):
    """Validate the raw data and write `processed/`.

    Raises BadDataError, with nothing written, when anything is wrong; on a full disk what stood
    before stands.
    """
    frames, about = read_raw(places.raw)
    # computed once, here: the other steps depend on it
    about |= {"why_no_integral": why_no_integral(study_of(frames, about))}
    # data are kept as they are: 15 digits are all that a number was given with
    texts = {
        places.processed / f"{name}.csv": csv_text(without_blank_columns(name, frame), "%.15g")
        for name, frame in frames.items()
    }
    # last: a folder without it is no study, so a part written earlier is never taken for one
    about = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
    write_together(texts | {places.processed / "study.json": about})
