"""Open data: whole tables to download. A row is what the API answers; a column is a field of it, described once."""
