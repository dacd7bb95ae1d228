"""What is practised besides a plain call, each as a sequence of cards that any front end can show."""
