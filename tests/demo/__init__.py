"""`make demo`: hub and spoke on LocalStack, and log lines on their whole way from a bucket to Loki."""
