package eu.sinusnode.launcher.service;

import eu.sinusnode.launcher.Together;
import eu.sinusnode.launcher.progress.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * The long-running parts and the order in which they need each other.
 *
 * @param database what both others keep their state in
 * @param others start side by side once the database answers
 * @param followers ask the others for work to do; started last, ended first
 */
public record Stack(Service database, List<Service> others, List<Service> followers) {

    /** Starts what does not run. Returns when everything can work. */
    public void start(Progress progress) {
        startDatabase(progress);
        startOthers(progress);
        startFollowers(progress);
    }

    /** When the database did not run, nothing that still does can work: its connections are dead, so it is ended. */
    public void startDatabase(Progress progress) {
        if (start(database, progress).anew()) {
            others.forEach(Service::stop);
        }
    }

    public void startOthers(Progress progress) {
        Together.run(others.stream()
                .<Runnable>map(service -> () -> start(service, progress))
                .toList());
    }

    public void startFollowers(Progress progress) {
        followers.forEach(service -> start(service, progress));
    }

    /** Ends everything, the database last; what does not run is passed over. */
    public void stop(Progress progress) {
        followers.forEach(service -> stop(service, progress));
        for (int i = others.size() - 1; i >= 0; i--) {
            stop(others.get(i), progress);
        }
        stop(database, progress);
    }

    public List<Service> services() {
        List<Service> all = new ArrayList<>();
        all.add(database);
        all.addAll(others);
        all.addAll(followers);
        return all;
    }

    private static Service.Started start(Service service, Progress progress) {
        try (Progress.Task task = progress.begin(service.name())) {
            Service.Started started = service.start(task);
            task.done(started.detail());
            return started;
        }
    }

    private static void stop(Service service, Progress progress) {
        try (Progress.Task task = progress.begin(service.name())) {
            task.done(service.stop() ? "stopped" : "was not running");
        }
    }
}
