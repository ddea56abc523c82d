"""An assessment as a whole in one JSON file, which another installation reads back to the same state."""
