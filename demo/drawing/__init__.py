"""The drawings of the demo shop's products."""
