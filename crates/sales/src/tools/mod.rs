//! The tools: everything a conversation can change or look up, each with typed arguments, a typed outcome and
//! a typed refusal. The policy changes nothing except through them; whoever else may call them (a model, a
//! terminal) gets the same checks. Prices and stock come from what was recalled, never from arguments.

mod cart;
mod customer;
mod order;
mod payment;
mod pictures;
mod products;
pub mod registry;

pub use self::{
    cart::{
        AddRefusal, AddToCart, AddedToCart, ApplyCoupon, CouponOutcome, QuantityRefusal, RemoveFromCart,
        UpdateQuantity, add_to_cart, apply_coupon, buyer, clear_cart, get_cart, quote, remove_coupon, remove_from_cart,
        update_quantity, usable_coupons,
    },
    customer::{
        HandOff, RecommendSize, RecordFeedback, SetOptOut, basis_of_size, hand_off_to_human, liked_colours, own_sizes,
        recommend_size, record_feedback, set_opt_out, usual_size,
    },
    order::{
        CancelOrder, CancelRefusal, CreateOrder, GetOrderStatus, OrderRefusal, cancel_order, create_order,
        get_order_status,
    },
    payment::{
        CheckPayment, InitiatePayment, PaymentRefusal, check_payment_status, initiate_payment, payer_of,
        payment_is_open,
    },
    pictures::{SearchSimilarProducts, Sight, SimilarProducts, picture_kinds, search_similar_products},
    products::{SearchProducts, get_product_details, search_products},
};
