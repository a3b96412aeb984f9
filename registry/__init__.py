"""Who people are, what they have allowed and what they may ask (asiakasrekisteri)."""
