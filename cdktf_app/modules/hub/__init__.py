"""The hub: the promtail function with its permissions, its log group and, where wanted, its network."""
