"""The spoke: the log bucket, who may write and read it, and its notification to the hub."""
