"""The pages `linli docs` writes."""
