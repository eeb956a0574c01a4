"""How fast it is, measured from outside: `bin/bench`. Each scenario is a module in `bench/scenarios/`."""
