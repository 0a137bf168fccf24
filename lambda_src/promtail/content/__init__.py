"""What is done to labels and lines on their way: relabelling, stages, typed load balancer fields, tenants."""
