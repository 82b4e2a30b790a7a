package eu.sinusnode.launcher.cohort;

import eu.sinusnode.launcher.Trouble;
import java.util.concurrent.Semaphore;

/** Keeps the number of Bundles in memory small: reading a file waits while enough others wait to be sent. */
final class Backlog {

    private final Semaphore places;

    Backlog(int places) {
        this.places = new Semaphore(places);
    }

    void enter() {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("The load was interrupted.", "Run the command again; it goes on.", e);
        }
    }

    void leave() {
        places.release();
    }
}
