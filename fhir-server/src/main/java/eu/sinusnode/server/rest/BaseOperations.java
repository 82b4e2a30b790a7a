package eu.sinusnode.server.rest;

/** Marks a bean whose HAPI {@code @Operation} methods are served on the FHIR base. */
public interface BaseOperations {}
