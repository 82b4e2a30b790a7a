package eu.sinusnode.server.residency;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator what stands in the way of the start, instead of a stack. */
public final class ResidencyFailureAnalyzer extends AbstractFailureAnalyzer<ResidencyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ResidencyException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy(), cause);
    }
}
