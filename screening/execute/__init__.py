"""A batch of any size in stages of independent units: read, reach, decide. What is finished is kept, so that a broken run goes on."""
