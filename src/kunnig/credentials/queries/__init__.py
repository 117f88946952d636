"""Reading papers, and what there is to put on one."""
