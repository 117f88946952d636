"""What assessors and teachers see, by subject: cases they are let in to, question sets."""
