"""The training programme: layers, adaptive practice, goals, shifts, certificates, and what a team may see of them."""
