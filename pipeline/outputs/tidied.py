"""Write the analysis-ready tables of a study, once everything in its raw data was found right."""

import json

from analysis.composite.chain.of_study import why_no_integral
from analysis.study.loading import study_of, tidied
from analysis.study.tidying import without_blank_columns
from pipeline.outputs.canonical import csv_text, write_together


def write_tidied(places, descriptor, tables):
    """Write `processed/` from raw tables without a problem; on a full disk what stood stands."""
    frames, about = tidied(descriptor, tables)
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
