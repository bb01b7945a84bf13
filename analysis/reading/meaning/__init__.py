"""What each sheet is and each of its columns, by header and by cells."""
