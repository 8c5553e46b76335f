from .loading import load_study as load_study
