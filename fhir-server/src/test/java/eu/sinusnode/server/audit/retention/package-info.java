@NullMarked
package eu.sinusnode.server.audit.retention;

import org.jspecify.annotations.NullMarked;
