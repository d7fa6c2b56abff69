"""The matters of the district, each told as it went: who did what on which day, through the services."""
