"""The assessment as an Excel workbook: written with today's values, read back, and compared with what stands."""
