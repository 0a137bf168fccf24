"""Who calls the function in a form of his own."""
