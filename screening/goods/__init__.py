"""The goods stage: what makes a control list candidate."""
