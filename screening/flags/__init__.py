"""Red flags: indicators an officer weighs beside the law. They move the lane and ask; they decide no licence."""
