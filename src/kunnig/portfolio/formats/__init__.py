"""Reading what lies beside the code of this room."""
