"""Pages for validators and counsellors."""
