"""From an object in S3 to its lines: the stream, its encoding, its lines or JSON records."""
