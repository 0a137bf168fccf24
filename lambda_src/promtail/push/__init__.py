"""From lines to Loki: the wire format, batches, several pushes at once, retries."""
