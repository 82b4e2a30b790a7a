package eu.sinusnode.launcher.service;

import eu.sinusnode.launcher.progress.Progress;

/** One long-running part of an installation. Every method may be called at any time, in whatever state the last run left. */
public interface Service {

    /** As shown to the user, e.g. {@code PostgreSQL}. */
    String name();

    /**
     * Brings the part to where it can work; does nothing when it already is.
     *
     * @throws eu.sinusnode.launcher.Trouble when it cannot be
     */
    Started start(Progress.Task task);

    State state();

    /** Ends the part; returns whether it ran. */
    boolean stop();

    /**
     * How a start went well.
     *
     * @param anew false when the part was running already
     * @param detail for the user, in a few words
     */
    record Started(boolean anew, String detail) {}

    /**
     * @param running whether the part can work now
     * @param detail where it is or what is wrong, in a few words
     */
    record State(boolean running, String detail) {}
}
