"""From what the user names (files, folders, standard input) to articles, one by one, in order."""

from ingest.inputs.articles import read_articles
from ingest.inputs.problem import Problem, Report

__all__ = ["Problem", "Report", "read_articles"]
