"""Names the program knows before it reads: courts, agencies, bodies, companies and their products, places, titles.

The data are the YAML files beside this module; a person adds a name by adding a line. See `load_gazetteer`.
"""

from kb.gazetteer.index import NameIndex
from kb.gazetteer.names import Form, Gazetteer, Hit, Listed, Use, load_gazetteer

__all__ = ["Form", "Gazetteer", "Hit", "Listed", "NameIndex", "Use", "load_gazetteer"]
