"""The gettext catalogues, one folder for each language; every `*.po` file of a folder is part of it."""
