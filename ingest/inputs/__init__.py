"""From what the user names (files, folders, standard input) to articles, one by one, in order."""
