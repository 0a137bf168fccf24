"""Who delivers Elastic Load Balancing's logs, region by region, and the bucket policy that lets them."""
