//! A router on a real socket, whose connections can be cut in the middle of an answer.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    Router,
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A running server. Dropping it frees the port and cuts every connection.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    closed: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(address: SocketAddr, router: Router) -> io::Result<Self> {
        let closed = Arc::new(AtomicBool::new(false));
        let listener = CuttableListener { tcp: TcpListener::bind(address).await?, closed: closed.clone() };
        let address = listener.tcp.local_addr()?;
        let service = router.into_make_service_with_connect_info::<Line>();
        let task = tokio::spawn(async move {
            // Accepting never ends by itself, so there is no result worth looking at.
            let _ = axum::serve(listener, service).await;
        });
        Ok(Self { address, closed, task })
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::Release);
        self.task.abort();
    }
}

/// The connection that a request came over.
#[derive(Clone)]
pub(crate) struct Line {
    cut: Arc<AtomicBool>,
}

impl Line {
    /// Cuts the connection: whatever is answered, the caller sees it broken off.
    pub(crate) fn cut(&self) {
        self.cut.store(true, Ordering::Release);
    }
}

impl Connected<IncomingStream<'_, CuttableListener>> for Line {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        Self { cut: stream.io().cut.clone() }
    }
}

pub(crate) struct CuttableListener {
    tcp: TcpListener,
    closed: Arc<AtomicBool>,
}

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (tcp, address) = Listener::accept(&mut self.tcp).await;
        // Answers are one small packet; waiting to fill it would add 40 ms. Without it only slower.
        let _ = tcp.set_nodelay(true);
        (CuttableStream { tcp, cut: Arc::default(), closed: self.closed.clone() }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.tcp.local_addr()
    }
}

pub(crate) struct CuttableStream {
    tcp: TcpStream,
    cut: Arc<AtomicBool>,
    closed: Arc<AtomicBool>,
}

impl CuttableStream {
    fn check(&self) -> io::Result<()> {
        let is_cut = self.cut.load(Ordering::Acquire) || self.closed.load(Ordering::Acquire);
        if is_cut { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.tcp).poll_read(cx, buf)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.tcp).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
