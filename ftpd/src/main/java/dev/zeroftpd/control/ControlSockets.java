package dev.zeroftpd.control;

import org.apache.mina.core.service.SimpleIoProcessorPool;
import org.apache.mina.transport.socket.nio.NioSession;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;

/**
 * A listener's acceptor and the I/O threads of the accepted connections. MINA disposes only of processors that
 * it made itself, so both live and end here.
 */
record ControlSockets(NioSocketAcceptor acceptor, SimpleIoProcessorPool<NioSession> processors) {

    static ControlSockets open() {
        SimpleIoProcessorPool<NioSession> processors = new SimpleIoProcessorPool<>(
                DirectWriteProcessor.class, Runtime.getRuntime().availableProcessors());
        return new ControlSockets(new NioSocketAcceptor(processors), processors);
    }

    void dispose() {
        acceptor.dispose();
        processors.dispose();
    }
}
