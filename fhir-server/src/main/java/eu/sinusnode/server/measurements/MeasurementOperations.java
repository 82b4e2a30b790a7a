package eu.sinusnode.server.measurements;

/** The three operations, for the servlet. */
public record MeasurementOperations(LastNOperation lastN, StatsOperation stats, TrendOperation trend) {}
