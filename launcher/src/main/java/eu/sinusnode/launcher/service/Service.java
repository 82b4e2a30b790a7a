package eu.sinusnode.launcher.service;

import eu.sinusnode.launcher.progress.Progress;

/** One long-running part of an installation. Every method may be called at any time, in whatever state the last run left. */
public interface Service {

    /** As shown to the user, e.g. {@code PostgreSQL}. */
    String name();

    /**
     * Brings the part to where it can work; does nothing when it already is.
     *
     * @return what was done, in a few words
     * @throws eu.sinusnode.launcher.Trouble when it cannot be
     */
    String start(Progress.Task task);

    State state();

    /** Ends the part; returns whether it ran. */
    boolean stop();

    /**
     * @param running whether the part can work now
     * @param detail where it is or what is wrong, in a few words
     */
    record State(boolean running, String detail) {}
}
