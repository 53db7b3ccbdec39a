"""Coverage-guided fuzzing of whatever reads what strangers wrote; see README.md beside this."""
