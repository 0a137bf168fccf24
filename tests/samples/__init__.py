"""Log objects as Elastic Load Balancing writes them, made up but true to the format."""
