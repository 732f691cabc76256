"""Being told: « Ce qui vous attend », and the mails that group it at the rhythm that each person chose."""
