"""Gates: may this step be taken, and if not what is missing."""
