"""The tests: rooms, web, workers, journeys, contracts, house."""
