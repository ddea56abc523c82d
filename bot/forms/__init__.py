"""What a station writes beside the answers: its form as data, how values are cleaned, how tables are filled."""
