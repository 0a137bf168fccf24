"""Who delivers Elastic Load Balancing's logs, region by region."""
