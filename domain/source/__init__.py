"""What sources tell about a patient, and the state of what they told."""
