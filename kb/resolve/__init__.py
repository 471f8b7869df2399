"""Who is who across articles: which entities with different names, or different senses of a name, are one thing.

    profiles -> blocks (by name keys; never all pairs) -> links with points and reasons -> one canonical id each

Everything here is a pure function of the profiles: in whatever order articles arrive, the same links come out. Links of
an entity depend on those alone that share a block with it, so a new article touches only the blocks of what it names.
"""

from kb.resolve.blocks import block_keys, candidates
from kb.resolve.links import JUDGED, Link, find_links, resolve
from kb.resolve.profile import Profile, merge_profiles, profiles_of

__all__ = [
    "JUDGED",
    "Link",
    "Profile",
    "block_keys",
    "candidates",
    "find_links",
    "merge_profiles",
    "profiles_of",
    "resolve",
]
